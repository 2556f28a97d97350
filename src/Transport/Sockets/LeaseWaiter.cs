using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// A wait of an owner, which a token may end.
internal sealed class LeaseWaiter<T>(Lock gate, PipeScheduler owners) : Waiter<T>(owners)
{
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    // Under the gate, as are the two ends.
    public ValueTask<T> Wait(IValueTaskSource<T> source, CancellationToken token)
    {
        Arm();
        if (token.CanBeCanceled)
        {
            _token = token;
            _registration = token.UnsafeRegister(
                static (waiter, token) => ((LeaseWaiter<T>)waiter!).Cancel(token), this);
        }

        return new ValueTask<T>(source, Version);
    }

    public void End(T value)
    {
        Forget();
        Resolve(value);
    }

    public void End(Exception failure)
    {
        Forget();
        Fail(failure);
    }

    private void Cancel(CancellationToken token)
    {
        lock (gate)
        {
            if (!IsWaiting || _token != token) return;
            End(new OperationCanceledException(token));
        }

        Fire();
    }

    private void Forget()
    {
        _registration.Unregister();
        _registration = default;
        _token = default;
    }
}

using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// The descriptors of a child to be, kept open until it has its own. Programs expect calls that wait, and whether they
// do (O_NONBLOCK) belongs to the open file, which both processes have: so from then on a call of this process waits
// too, but for those that say otherwise (MSG_DONTWAIT). Whoever takes the socket back sets it again.
internal sealed class Borrowed : IDisposable
{
    private readonly int[] _numbers;
    private readonly List<SocketDescriptor> _held = [];
    private readonly List<int> _changed = [];

    public Borrowed(ChildDescriptors descriptors)
    {
        var places = Places(descriptors);
        try
        {
            foreach (var descriptor in places.OfType<SocketDescriptor>().Distinct()) Hold(descriptor);
        }
        catch
        {
            Dispose();
            throw;
        }

        _numbers = [.. places.Select(place => place?.Number ?? Spawning.Nowhere)];
    }

    // By the numbers that the child will have.
    public ReadOnlySpan<int> Numbers => _numbers;

    public Errno Block(ChildDescriptors descriptors)
    {
        // What its log is may be anybody's.
        var log = (descriptors as ChildDescriptors.Listeners)?.Log;
        foreach (var number in _held.Where(descriptor => descriptor != log).Select(descriptor => descriptor.Number))
        {
            if (!SocketOptions.IsNonBlocking(number)) continue;
            var error = SocketOptions.SetNonBlocking(number, isOn: false);
            if (error is not Errno.None) return error;
            _changed.Add(number);
        }

        return Errno.None;
    }

    // As it was: there is no child.
    public void Unblock()
    {
        foreach (var number in _changed) _ = SocketOptions.SetNonBlocking(number, isOn: true);
        _changed.Clear();
    }

    public void Dispose()
    {
        foreach (var descriptor in _held) descriptor.DangerousRelease();
        _held.Clear();
    }

    private static SocketDescriptor?[] Places(ChildDescriptors descriptors) => descriptors switch
    {
        ChildDescriptors.Standard { Socket: var socket } => [socket, socket, socket],
        ChildDescriptors.Listeners { Named: var named, Log: var log } =>
            [null, log, log, .. named.Select(listener => listener.Socket)],
        _ => throw new ArgumentException($"There is no {descriptors}.", nameof(descriptors)),
    };

    private void Hold(SocketDescriptor descriptor)
    {
        var isHeld = false;
        descriptor.DangerousAddRef(ref isHeld);
        if (isHeld) _held.Add(descriptor);
    }
}

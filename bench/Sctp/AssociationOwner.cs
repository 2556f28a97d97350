using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Bench.Sctp;

// Begins an association, peels it off if it is to be, and does with its lease what it is told.
internal sealed class AssociationOwner : UntypedActor
{
    private readonly Far _far;
    private readonly TaskCompletionSource _ready;
    private bool _isToBePeeled;
    private MessageLease? _lease;

    public AssociationOwner(Far far, bool isPeeled, TaskCompletionSource ready)
    {
        (_far, _isToBePeeled, _ready) = (far, isPeeled, ready);
        HandoffExtension.For(Context.System).Sockets.Tell(
            new Listen(new IPEndPoint(IPAddress.Loopback, 0), Self, Self) { Transport = "sctp" }, Self);
    }

    // Each ends with its result, which somebody waits for.
    private Task Last { get; set; } = Task.CompletedTask;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Work work:
                Last = work.DoAsync(_lease!);
                break;
            case Listening(var endpoint, _):
                var option = new SctpOption(SctpOptionKind.EncapsulationPort, _far.UdpPort);
                endpoint.Socket.Tell(new SetAssociationOption(endpoint, option), Self);
                break;
            case Confirmed { Command: SetAssociationOption set }:
                set.Handle.Socket.Tell(new Associate(set.Handle, [_far.Place]), Self);
                break;
            case Confirmed { Command: Associate }:
            case PeeledOff:
                break;
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self), Self);
                break;
            case Acquired acquired when _isToBePeeled:
                _isToBePeeled = false;
                acquired.Handle.Socket.Tell(new Peeloff(acquired.Handle), Self);
                break;
            case Acquired acquired:
                _lease = acquired.Messages;
                _ready.SetResult();
                break;
            default:
                _ready.TrySetException(new BenchFailedException($"The owner was told {message}"));
                break;
        }
    }

    internal sealed class Work(Func<MessageLease, Task<long>> action)
    {
        private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long> Done => _done.Task;

        public async Task DoAsync(MessageLease lease)
        {
            try
            {
                _done.SetResult(await action(lease));
            }
            catch (BenchFailedException e)
            {
                _done.SetException(e);
            }
        }
    }
}

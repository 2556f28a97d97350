using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Depositing;

namespace Handoff.TwoProcess.Tests.Host;

// Steps of a process at its keeper: what it asks about its last deposit, what it hears of that, and what it asks for.
internal sealed class FaultyLine(FrameChannel channel, Fault? fault) : IKeeperLine
{
    private readonly KeeperLine _real = new(channel);
    private string _asked = "";

    public async ValueTask<SocketResult> SendAsync(KeeperFrame frame, IReadOnlyList<SocketDescriptor> descriptors)
    {
        _asked = frame is KeeperFrame.Adopt || frame.Id == DepositingSide.Last ? frame.GetType().Name : "";
        Fault.Strike(fault, _asked, isAfter: false);
        var sent = await _real.SendAsync(frame, descriptors);
        Fault.Strike(fault, _asked, isAfter: true);
        return sent;
    }

    public async ValueTask<FrameArrival> ReceiveAsync(TimeSpan within)
    {
        var arrival = await _real.ReceiveAsync(within);
        Fault.Strike(fault, $"{_asked}Answer", isAfter: true);
        return arrival;
    }

    public async ValueTask<Taken> TakeAsync(Frame.Offer offer, IRecipient recipient)
    {
        await using var port = new TakerPort(channel, offer, recipient);
        var result = await Taker.RunAsync(new FaultyTaker(port, fault));
        return new Taken(result, port.Taken);
    }

    public void Dispose() => _real.Dispose();
}

namespace Handoff.Transport.Sockets;

// One way of a splice. Only called under both gates.
internal sealed class SpliceWay(ConnectionCore from, ConnectionCore to, long limit, bool passesEndOn)
{
    private bool _isEndPassedOn;

    public long Moved { get; private set; }

    public bool IsAtLimit => Moved == limit;

    // Nothing follows; the other connection has been told, if it is to be.
    public bool IsOver => PassesEndOn ? _isEndPassedOn : IsAtEnd;

    public SocketResult? Failure => (to.SendSide.State, from.ReceiveSide.State) switch
    {
        (OutputState.Failed failed, _) => failed.Why,
        (_, InputState.Failed failed) => failed.Why,
        _ => null,
    };

    // The end of what is only lent is not the borrower's to send.
    private bool PassesEndOn => passesEndOn && to.Current is not { IsLent: true };

    private bool IsAtEnd => from.ReceiveSide.State is InputState.Finished && from.In.UnreadLength == 0;

    // What is there, as far as there is room for it: copied once, from block to block.
    public void Move(ref Wakes fromWakes, ref Wakes toWakes)
    {
        if (to.SendSide.State is not OutputState.Flowing) return;
        var count = Math.Min(Math.Min(from.In.UnreadLength, to.Out.Room), limit - Moved);
        if (count > 0)
        {
            foreach (var memory in from.In.Unread.Slice(0, count)) to.Out.Write(memory.Span);
            to.Out.Accept();
            to.SendSide.Wake(ref toWakes);
            from.In.ConsumeTo(from.In.Consumed + count);
            from.ReceiveSide.Wake(ref fromWakes);
            Moved += count;
        }

        if (!PassesEndOn || !IsAtEnd) return;
        _isEndPassedOn = true;
        to.SendSide.Complete(ref toWakes);
    }
}

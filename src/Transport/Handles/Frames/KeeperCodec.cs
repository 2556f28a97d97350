namespace Handoff.Transport.Handles.Frames;

// The bodies of a keeper's frames, both ways.
internal static class KeeperCodec
{
    public static FrameKind? KindOf(Frame frame) => frame switch
    {
        KeeperFrame.Hello => FrameKind.Hello,
        KeeperFrame.Deposit => FrameKind.Deposit,
        KeeperFrame.Update => FrameKind.Update,
        KeeperFrame.Withdrawal => FrameKind.Withdrawal,
        KeeperFrame.List => FrameKind.List,
        KeeperFrame.Adopt => FrameKind.Adopt,
        KeeperFrame.Answer => FrameKind.Answer,
        KeeperFrame.Left => FrameKind.Left,
        KeeperFrame.Listing => FrameKind.Listing,
        _ => null,
    };

    public static void Write(WireWriter to, KeeperFrame frame)
    {
        switch (frame)
        {
            case KeeperFrame.Hello hello:
                to.Text(hello.Key, FrameBounds.Key);
                to.UInt64(hello.Started);
                break;
            case KeeperFrame.Deposit deposit:
                to.Text(deposit.Name, FrameBounds.DepositName);
                FrameEncoder.Write(to, deposit.Facts);
                FrameEncoder.Write(to, deposit.Baggage);
                break;
            case KeeperFrame.Update update:
                FrameEncoder.Write(to, update.Baggage);
                break;
            case KeeperFrame.List list:
                to.UInt64(list.After);
                break;
            case KeeperFrame.Adopt adopt:
                to.Text(adopt.Name, FrameBounds.DepositName);
                break;
            case KeeperFrame.Answer answer:
                FrameEncoder.Write(to, answer.Result);
                break;
            case KeeperFrame.Left left:
                to.Count(left.Names.Count, FrameBounds.Sockets);
                foreach (var name in left.Names) to.Text(name, FrameBounds.DepositName);
                break;
            case KeeperFrame.Listing listing:
                to.Count(listing.Deposits.Count, FrameBounds.Listed);
                foreach (var deposit in listing.Deposits) Write(to, deposit);
                break;
        }
    }

    public static KeeperFrame? Read(ref WireReader from, FrameKind kind, ulong id) => kind switch
    {
        FrameKind.Hello => new KeeperFrame.Hello(id, from.Text(FrameBounds.Key), from.UInt64()),
        FrameKind.Deposit => new KeeperFrame.Deposit(
            id, from.Text(FrameBounds.DepositName), FrameDecoder.Facts(ref from), FrameDecoder.OneBaggage(ref from)),
        FrameKind.Update => new KeeperFrame.Update(id, FrameDecoder.OneBaggage(ref from)),
        FrameKind.Withdrawal => new KeeperFrame.Withdrawal(id),
        FrameKind.List => new KeeperFrame.List(id, from.UInt64()),
        FrameKind.Adopt => new KeeperFrame.Adopt(id, from.Text(FrameBounds.DepositName)),
        FrameKind.Answer => new KeeperFrame.Answer(id, FrameDecoder.Result(ref from)),
        FrameKind.Left => new KeeperFrame.Left(id, Names(ref from)),
        FrameKind.Listing => new KeeperFrame.Listing(id, Deposits(ref from)),
        _ => null,
    };

    private static void Write(WireWriter to, ListedDeposit deposit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deposit.ProcessId, nameof(deposit));
        to.UInt64(deposit.Number);
        to.UInt32((uint)deposit.ProcessId);
        to.Byte(deposit.IsLeft ? (byte)1 : (byte)0);
        to.Text(deposit.Key, FrameBounds.Key);
        to.Text(deposit.Name, FrameBounds.DepositName);
        to.Byte((byte)deposit.Kind);
    }

    private static string[] Names(ref WireReader from)
    {
        var names = new string[from.Count(FrameBounds.Sockets, sizeof(ushort))];
        for (var i = 0; i < names.Length; i++) names[i] = from.Text(FrameBounds.DepositName);
        return names;
    }

    private static ListedDeposit[] Deposits(ref WireReader from)
    {
        var deposits = new ListedDeposit[from.Count(FrameBounds.Listed, FrameBounds.SmallestListed)];
        for (var i = 0; i < deposits.Length; i++)
        {
            deposits[i] = new ListedDeposit(
                from.UInt64(),
                ProcessId(ref from),
                IsLeft(ref from),
                from.Text(FrameBounds.Key),
                from.Text(FrameBounds.DepositName),
                from.OneOf<HandleKind>(from.Byte()));
        }

        return deposits;
    }

    private static int ProcessId(ref WireReader from)
    {
        var value = from.UInt32();
        if (value <= int.MaxValue) return (int)value;
        from.Fail(FrameFault.BadValue, $"process {value}");
        return 0;
    }

    private static bool IsLeft(ref WireReader from)
    {
        var value = from.Byte();
        if (value > 1) from.Fail(FrameFault.BadValue, $"left {value}");
        return value == 1;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Frames;

// Frames of a keeper and those that it keeps for, with all that may be in them.
internal static class AnyKeeperFrame
{
    private static Gen<SocketResult> Result =>
        Gen.OneOf(AnyFrame.Why, AnyFrame.Why.Select(why => why with { Code = ResultCode.EESUCCESS }));

    private static Gen<ListedDeposit> Listed =>
        from number in AnyFrame.Id
        from process in Gen.Choose(0, int.MaxValue)
        from isLeft in Gen.Elements(true, false)
        from key in AnyFrame.Text(FrameBounds.Key)
        from name in AnyFrame.Text(FrameBounds.DepositName)
        from kind in Gen.Elements(Enum.GetValues<HandleKind>())
        select new ListedDeposit(number, process, isLeft, key, name, kind);

    private static Gen<Frame> Short =>
        from id in AnyFrame.Id
        from key in AnyFrame.Text(FrameBounds.Key)
        from number in AnyFrame.Id
        from result in Result
        from frame in Gen.Elements<Frame>(
            new KeeperFrame.Hello(id, key, number),
            new KeeperFrame.Withdrawal(id),
            new KeeperFrame.List(id, number),
            new KeeperFrame.Adopt(id, key),
            new KeeperFrame.Answer(id, result))
        select frame;

    private static Gen<Frame> Lists =>
        from id in AnyFrame.Id
        from names in AnyFrame.Text(FrameBounds.DepositName).ArrayOf()
        from deposits in Listed.ArrayOf()
        from frame in Gen.Elements<Frame>(
            new KeeperFrame.Left(id, names), new KeeperFrame.Listing(id, deposits))
        select frame;

    private static Gen<Frame> Cargo =>
        from id in AnyFrame.Id
        from name in AnyFrame.Text(FrameBounds.DepositName)
        from facts in AnyFrame.Facts
        from baggage in AnyFrame.Baggage
        from frame in Gen.Elements<Frame>(
            new KeeperFrame.Deposit(id, name, facts, baggage), new KeeperFrame.Update(id, baggage))
        select frame;

    public static Gen<Frame> Any => Gen.OneOf(Short, Lists, Cargo);
}

using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Records;

namespace Handoff.Transport.Tests.Sctp;

public sealed class PassableRecordTests
{
    private readonly ScriptedAssociation _association = new();
    private readonly byte[] _buffer = new byte[10];

    [Fact]
    public void A_record_that_has_come_in_part_keeps_its_association_here_until_its_end_has_come()
    {
        var record = SctpRecordSocket.Of(_association);
        var passable = Assert.IsAssignableFrom<IPassable>(record);
        Brings(bytes: 4, isEnd: false);
        Assert.Equal(ResultCode.EEWOULDBLOCK, record.TryReceive(_buffer).Code);
        Assert.Equal(ResultCode.EEBUSY, passable.Lend().Code);
        Brings(bytes: 2, isEnd: true);
        Assert.Equal(6, record.TryReceive(_buffer).Bytes);
        Assert.Equal(ResultCode.EESUCCESS, passable.Lend().Code);
        Assert.Equal(["lend"], _association.Done);
    }

    [Fact]
    public void So_does_one_whose_bytes_are_lost_already()
    {
        var record = SctpRecordSocket.Of(_association);
        Brings(bytes: 10, isEnd: false);
        Brings(bytes: 10, isEnd: false);
        Assert.Equal(ResultCode.EEWOULDBLOCK, record.TryReceive(_buffer).Code);
        Assert.Equal(ResultCode.EEBUSY, ((IPassable)record).Lend().Code);
    }

    [Fact]
    public void What_is_asked_of_it_on_its_way_is_asked_of_the_association()
    {
        var passable = (IPassable)SctpRecordSocket.Of(_association);
        passable.Pause();
        passable.GoOn();
        passable.Leave();
        Assert.Equal(["pause", "go on", "leave"], _association.Done);
    }

    private void Brings(int bytes, bool isEnd) =>
        _association.Brings.Enqueue(new SctpReceived(ResultCode.EESUCCESS, bytes, isEnd));
}

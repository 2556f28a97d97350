using Handoff.Bench.Sctp;

namespace Handoff.Bench.Tests.Sctp;

public sealed class CueTests
{
    [Fact]
    public void A_cue_is_read_as_it_was_written()
    {
        var cue = new Cue(CueKind.Send, Number: long.MaxValue, Size: 16 * 1024);
        var message = new byte[64];
        cue.Write(message);
        Assert.Equal(cue, Cue.Read(message));
        Assert.Equal(CueKind.Message, Cue.Read(new byte[64]).Kind);
    }

    [Fact]
    public void A_message_too_many_or_too_few_is_no_figure()
    {
        Assert.Equal(7, new Cue(CueKind.Last, 7).Checked(7));
        Assert.Equal(7, new Cue(CueKind.Came, 7).Checked(7));
        Assert.Throws<BenchFailedException>(() => new Cue(CueKind.Last, 7).Checked(6));
        Assert.Throws<BenchFailedException>(() => new Cue(CueKind.Message, 7).Checked(7));
        Assert.Throws<BenchFailedException>(() => Cue.Read(new byte[Cue.Length - 1]));
    }
}

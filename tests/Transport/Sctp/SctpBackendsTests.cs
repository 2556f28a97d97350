using System.IO.Pipelines;
using Handoff.Transport.Sctp.Backends;
using Handoff.Transport.Sctp.Kernel;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Transport.Tests.Sctp;

public sealed class SctpBackendsTests
{
    private readonly List<string> _created = [];

    [Fact]
    public void The_first_that_is_here_is_taken_and_no_other_is_begun()
    {
        Assert.True(SctpBackends.First([Candidate("a"), Candidate("b")]).Result.IsSuccess);
        Assert.True(SctpBackends.First([Candidate("a", missing: "none"), Candidate("b")]).Result.IsSuccess);
        Assert.Equal(["a", "b"], _created);
    }

    [Fact]
    public void One_that_is_here_and_cannot_begin_says_why_and_nobody_takes_its_place()
    {
        var (backend, result) = SctpBackends.First([Candidate("a", code: ResultCode.EEADDRINUSE), Candidate("b")]);
        Assert.Equal((null, ResultCode.EEADDRINUSE), (backend, result.Code));
        Assert.Equal(["a"], _created);
    }

    [Fact]
    public void Where_none_is_the_refusal_names_what_each_of_them_needs()
    {
        var (backend, result) = SctpBackends.First(
            [Candidate("a", missing: "load it"), Candidate("b", missing: "install it")]);
        Assert.Equal((null, ResultCode.EEMODENOTSUPP), (backend, result.Code));
        Assert.Equal("a: load it; b: install it", result.Reason);
        Assert.Empty(_created);
    }

    [Fact]
    public void What_is_missing_of_the_real_ones_is_told_with_its_remedy()
    {
        var kernel = SctpBackends.Kernel(engine: null, TimeProvider.System);
        Assert.Contains("Linux engine", kernel.Missing(), StringComparison.Ordinal);
        if (KernelSctp.Missing is { } why) Assert.Contains("modprobe -a hmac sctp", why, StringComparison.Ordinal);
        var usrsctp = SctpBackends.Usrsctp(0, PipeScheduler.ThreadPool);
        Assert.Equal(UsrsctpStack.Missing, usrsctp.Missing());
        if (usrsctp.Missing() is not { } lack) return;
        Assert.Contains("libusrsctp2", lack, StringComparison.Ordinal);
        var (backend, result) = SctpBackends.Auto(null, TimeProvider.System, 0, PipeScheduler.ThreadPool);
        Assert.Equal((null, ResultCode.EEMODENOTSUPP), (backend, result.Code));
        Assert.Contains(kernel.Missing()!, result.Reason, StringComparison.Ordinal);
        Assert.Contains(lack, result.Reason, StringComparison.Ordinal);
    }

    private SctpCandidate Candidate(
        string name, string? missing = null, ResultCode code = ResultCode.EESUCCESS) => new(
        name,
        () => missing,
        () =>
        {
            _created.Add(name);
            return (null, SocketResult.Of(code));
        });
}

using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Children;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Children;

public sealed class ChildVariablesTests
{
    [Fact]
    public void Addresses_of_version_six_are_written_without_brackets() =>
        Assert.Equal(
            [
                ("PROTO", "TCP"), ("REMOTE_ADDR", "2001:db8::1"), ("REMOTE_HOST", "2001:db8::1"),
                ("REMOTE_PORT", "4711"), ("TCPLOCALIP", "::1"), ("TCPLOCALPORT", "21"),
                ("TCPREMOTEIP", "2001:db8::1"), ("TCPREMOTEPORT", "4711"),
            ],
            Of(IPEndPoint.Parse("[::1]:21"), IPEndPoint.Parse("[2001:db8::1]:4711"), null));

    [Fact]
    public void A_datagram_socket_says_so() =>
        Assert.Equal(
            [("PROTO", "UDP"), ("UDPLOCALIP", "127.0.0.1"), ("UDPLOCALPORT", "69")],
            Of(IPEndPoint.Parse("127.0.0.1:69"), null, null, "UDP"));

    [Fact]
    public void A_peer_that_nobody_knows_any_more_has_no_variables() =>
        Assert.Equal(
            [("PROTO", "TCP"), ("TCPLOCALIP", "127.0.0.1"), ("TCPLOCALPORT", "21")],
            Of(IPEndPoint.Parse("127.0.0.1:21"), null, null));

    [Theory]
    [InlineData("/run/service", "/run/service")]
    [InlineData("\0abstract", "@abstract")]
    [InlineData("\0a\0b", "@a@b")]
    public void A_Unix_socket_tells_its_path_and_the_process_at_the_other_end(string path, string told) =>
        Assert.Equal(
            [
                ("PROTO", "UNIX"),
                ("UNIXLOCALGID", $"{ProcessCalls.EffectiveGroup()}"),
                ("UNIXLOCALPATH", told),
                ("UNIXLOCALPID", $"{Environment.ProcessId}"),
                ("UNIXLOCALUID", $"{SystemCalls.EffectiveUser()}"),
                ("UNIXREMOTEEGID", "9"), ("UNIXREMOTEEUID", "8"), ("UNIXREMOTEPID", "7"),
            ],
            Of(new UnixDomainSocketEndPoint(path), null, new PeerCredentials(7, 8, 9)));

    [Fact]
    public void One_end_of_a_pair_has_no_path()
    {
        var variables = Of(null, null, new PeerCredentials(7, 8, 9));
        Assert.Contains(("PROTO", "UNIX"), variables);
        Assert.DoesNotContain(variables, pair => pair.Name == "UNIXLOCALPATH");
        Assert.Empty(Of(null, null, null));
    }

    private static IEnumerable<(string Name, string Value)> Of(
        EndPoint? local, EndPoint? remote, PeerCredentials? peer, string protocol = "TCP")
    {
        var variables = new Dictionary<string, string>();
        ChildVariables.AddConnection(variables, local, remote, peer, protocol);
        return variables.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
    }
}

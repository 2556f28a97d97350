using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets;

public sealed class SocketListenerTests
{
    private static readonly ConnectionOptions Options = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    [Theory]
    [InlineData(ResultCode.EENOSOCKS)]
    [InlineData(ResultCode.EEACCEPT)]
    [InlineData(ResultCode.EEBADF)]
    public async Task A_failed_accept_is_a_code_and_the_next_one_is_asked_for(ResultCode code)
    {
        using var listener = new SocketListener(new Scripted([code, new ScriptedSocket()]), Options);
        var failed = await listener.AcceptAsync();
        Assert.Null(failed.Connection);
        Assert.Equal(SocketResult.Of(code), failed.Result);

        var accepted = await listener.AcceptAsync();
        Assert.Equal(SocketResult.Success, accepted.Result);
        await accepted.Connection!.DisposeAsync();
    }

    private sealed class Scripted(SocketOr<IStreamSocket>[] answers) : IListenSocket
    {
        private int _next;

        public EndPoint LocalEndPoint => new IPEndPoint(IPAddress.Loopback, 0);

        public ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken)
            => new(answers[_next++]);

        public void Dispose()
        {
        }
    }
}

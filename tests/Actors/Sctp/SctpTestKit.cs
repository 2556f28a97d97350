using System.IO.Pipelines;
using System.Net;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Datagrams;
using Handoff.Messages;
using Handoff.TestKit.Simulation;
using Handoff.TestKit.Simulation.Sctp;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Sctp;

// One-to-many sockets and their associations: on a simulation, or on the back end that HANDOFF_SCTP_BACKEND names.
public abstract class SctpTestKit : DatagramTestKit
{
    private static readonly string Backend = Environment.GetEnvironmentVariable("HANDOFF_SCTP_BACKEND") ?? "simulated";

    private readonly SimulatedSctp? _simulation;

    protected SctpTestKit(ITestOutputHelper output, string config = "")
        : base(output, $"handoff.sctp {{ backend = {Backend}, udp-port = 0 }}\n{config}")
    {
        if (Backend is not "simulated") return;
        _simulation = new SimulatedSctp(
            seed: 7, TimeProvider.System, new SimulationOptions(PipeScheduler.ThreadPool));
        Handoff.UseSimulatedSctp(_simulation);
    }

    protected static bool IsSimulated => Backend is "simulated";

    internal ISctpBackend Sctp => Handoff.Sctp.Get().Backend!;

    protected override void AfterAll()
    {
        base.AfterAll();
        _simulation?.Dispose();
    }

    // A one-to-many socket, whose associations the acceptor is offered.
    protected Listening Serve(TestProbe owner, IActorRef? acceptor = null, string transport = "sctp")
    {
        Handoff.Sockets.Tell(new Listen(AnyPort, owner, acceptor) { Transport = transport }, owner);
        return owner.ExpectMsg<Listening>();
    }

    // An association of an endpoint that the probe owns, and its peer.
    internal async Task<(Acquired Here, Client Peer)> JoinAsync(
        Listening endpoint, TestProbe acceptor, Reading? reading = null)
    {
        var peer = Call(endpoint);
        await peer.IsUpAsync();
        return (Take(acceptor, reading), peer);
    }

    internal Client Call(Listening endpoint)
    {
        var socket = Sctp.Open([AnyPort], SctpSocketOptions.Default).Socket!;
        Assert.True(socket.Listen(8).IsSuccess);
        Assert.True(socket.Connect([(IPEndPoint)endpoint.EndPoint]).IsSuccess);
        return new Client(socket, (IPEndPoint)endpoint.EndPoint);
    }

    protected static SctpSendInfo On(ushort stream, uint protocol = 0) =>
        new() { Stream = stream, PayloadProtocol = protocol };

    // A peer by hand.
    internal sealed class Client(ISctpSocket socket, IPEndPoint server) : IDisposable
    {
        private readonly byte[] _buffer = new byte[64 * 1024];

        public ISctpSocket Socket => socket;

        public IPEndPoint Place => socket.LocalEndPoints[0];

        public async Task IsUpAsync() => Assert.IsType<SctpUp>((await NextAsync()).Event);

        public async Task<SctpReceived> NextAsync()
        {
            while (true)
            {
                var received = socket.TryReceive(_buffer);
                if (received.IsSuccess) return received;
                Assert.Equal(Transport.ResultCode.EEWOULDBLOCK, received.Code);
                Assert.True((await socket.WaitReadableAsync().AsTask().WaitAsync(Patience)).IsSuccess);
            }
        }

        // Of what came last.
        public ReadOnlySpan<byte> Bytes(in SctpReceived received) => _buffer.AsSpan(0, received.Bytes);

        public async Task<string> ReadAsync()
        {
            var received = await NextAsync();
            Assert.Null(received.Event);
            return Encoding.ASCII.GetString(Bytes(received));
        }

        public async Task SendAsync(string text, SctpSendInfo info = default)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            while (true)
            {
                var sent = socket.TrySend(bytes, info, server);
                if (sent.IsSuccess) return;
                Assert.Equal(Transport.ResultCode.EEWOULDBLOCK, sent.Code);
                Assert.True((await socket.WaitWritableAsync().AsTask().WaitAsync(Patience)).IsSuccess);
            }
        }

        public void Dispose() => socket.Abort();
    }
}

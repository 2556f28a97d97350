using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class SpliceRaceTests : SocketTestKit
{
    private const int Rounds = 60;

    private readonly ITestOutputHelper _output;
    private readonly TestProbe _owner;

    // Who is told of commands that come too late.
    private readonly TestProbe _clerk;

    public SpliceRaceTests(ITestOutputHelper output)
        : base(output) => (_output, _owner, _clerk) = (output, CreateTestProbe(), CreateTestProbe());

    [Fact]
    public async Task Whatever_ends_a_splice_at_the_same_time_it_is_told_once_and_before_the_end_of_either_connection()
    {
        var seed = Random.Shared.Next();
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var (near, client) = await OwnAsync(_owner);
            var (far, server) = await OwnAsync(_owner);
            near.Handle.Socket.Tell(new Splice(near.Handle, far.Handle), _owner);
            _owner.ExpectMsg<Confirmed>();
            var pouring = Task.Run(() => Pour(client));
            Action[] ends =
            [
                client.Reset,
                server.Reset,
                () => near.Handle.Socket.Tell(new Unsplice(near.Handle), _clerk),
                () => far.Handle.Socket.Tell(new Unsplice(far.Handle), _clerk),
                () => near.Handle.Socket.Tell(new Close(near.Handle), _clerk),
                () => far.Handle.Socket.Tell(new Abort(far.Handle), _clerk),
                () => near.Handle.Socket.Tell(new Reattach(near.Handle, _owner), _clerk),
            ];
            random.Shuffle(ends);
            await Task.WhenAll(ends.Take(random.Next(1, 4)).Select(end => Task.Run(end))).WaitAsync(Patience);
            client.Dispose();
            server.Dispose();
            var told = ToldUntilClosed(near.Handle.Id, far.Handle.Id);
            Assert.Single(told.OfType<SpliceEnded>());
            Assert.True(told.FindIndex(m => m is SpliceEnded) < told.FindIndex(m => m is Closed), $"round {round}");
            await pouring.WaitAsync(Patience);
        }

        _owner.ExpectNoMsg(TimeSpan.Zero);
    }

    private static async Task Pour(TestPeer client)
    {
        try
        {
            await client.SendAsync(new byte[200_000]);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // That is one of the ways in which it ends.
        }
    }

    // What the owner is told until both connections are closed; it closes whatever is given back to it.
    private List<object> ToldUntilClosed(params long[] ids)
    {
        var told = new List<object>();
        var open = ids.ToHashSet();
        while (open.Count > 0)
        {
            var message = _owner.ReceiveOne(Patience);
            Assert.NotNull(message);
            told.Add(message);
            switch (message)
            {
                case Closed closed:
                    open.Remove(closed.Handle.Id);
                    break;
                case SpliceEnded ended:
                    ended.Splice.Handle.Socket.Tell(new Abort(ended.Splice.Handle), _clerk);
                    ended.Splice.Other.Socket.Tell(new Abort(ended.Splice.Other), _clerk);
                    break;
                case Acquired acquired:
                    acquired.Handle.Socket.Tell(new Abort(acquired.Handle), _clerk);
                    break;
            }
        }

        return told;
    }
}

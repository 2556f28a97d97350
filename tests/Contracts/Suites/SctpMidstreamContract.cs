using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>Associations that are peeled off while their messages come.</summary>
public abstract class SctpMidstreamContract : SctpSuite
{
    private const int Associations = 60;
    private const int Messages = 100;

    private protected SctpMidstreamContract(SctpKind kind, ITestOutputHelper output)
        : base(kind, output)
    {
    }

    [SctpFact]
    public async Task Sixty_associations_lose_nothing_and_keep_their_order()
    {
        var random = Seeded();
        var peelAfter = Enumerable.Range(0, Associations).Select(_ => random.Next(Messages)).ToArray();
        var server = Open();
        var clients = Enumerable.Range(0, Associations).Select(_ => Open()).ToArray();
        var sending = clients.Select((client, number) => Task.Run(() => SendAll(client, number, server))).ToArray();
        var received = new ConcurrentDictionary<int, int>();
        var peeled = new List<Task>();
        var numbers = new Dictionary<SctpAssociationId, int>();
        while (peeled.Count < Associations)
        {
            var (what, bytes) = await server.Next();
            Assert.Equal(ResultCode.EESUCCESS, what.Code);
            if (what.Event is not null)
            {
                Assert.IsType<SctpUp>(what.Event);
                continue;
            }

            var association = what.Info.Association;
            var number = Take(bytes, received);
            Assert.Equal(number, numbers.TryAdd(association, number) ? number : numbers[association]);
            if (received[number] <= peelAfter[number]) continue;
            var socket = Peel(server, association);
            peeled.Add(Task.Run(() => ReceiveRest(socket, number, association, received)));
        }

        await Task.WhenAll(sending).WaitAsync(Long * 2);
        await Task.WhenAll(peeled).WaitAsync(Long * 2);
        Assert.Equal(Enumerable.Repeat(Messages, Associations), received.Values);
        Assert.Equal(ResultCode.EEWOULDBLOCK, server.Socket.TryReceive(new byte[100]).Code);
    }

    private static async Task SendAll(SctpParty client, int number, SctpParty server)
    {
        for (var i = 0; i < Messages; i++)
        {
            await client.Send($"{number} {i}", default, server.Place);
            await Task.Yield();
        }
    }

    private static async Task ReceiveRest(
        SctpParty peeled, int number, SctpAssociationId association, ConcurrentDictionary<int, int> received)
    {
        while (received[number] < Messages)
        {
            var (what, bytes) = await peeled.Next();
            Assert.Equal((ResultCode.EESUCCESS, null), (what.Code, what.Event));
            Assert.Equal(association, what.Info.Association);
            Assert.Equal(number, Take(bytes, received));
        }

        Assert.Equal(ResultCode.EEWOULDBLOCK, peeled.Socket.TryReceive(new byte[100]).Code);
    }

    // Whose it is; it is the next of theirs.
    private static int Take(byte[] bytes, ConcurrentDictionary<int, int> received)
    {
        var parts = Encoding.ASCII.GetString(bytes).Split(' ');
        var (number, index) = (int.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture));
        Assert.Equal(received.GetValueOrDefault(number), index);
        received[number] = index + 1;
        return number;
    }
}

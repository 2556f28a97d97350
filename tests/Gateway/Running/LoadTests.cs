using System.Security.Cryptography;
using System.Text;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Running;

// With nothing beside it: tests that wait for another process would wait for these.
[CollectionDefinition("alone", DisableParallelization = true)]
[Collection("alone")]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Clients = 500;
    private const int Bytes = 1 << 20;
    private const int Block = 16 << 10;

    // How soon a client of this process gets to send its line is not what is tested here.
    private const string Patient = "gateway.services.tcpmux.line-timeout = 2m";

    [Fact]
    public async Task Five_hundred_clients_at_once_get_their_mebibyte_back_through_tcpmux()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var gateway = await TestGateway.StartAsync(Conf.StopSoon, Conf.Services, Patient);
        var allServed = new CountdownEvent(Clients);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hashes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async i =>
        {
            using var client = await gateway.ConnectAsync("tcpmux");
            return await ExchangeAsync(client, seed + i, () =>
            {
                if (allServed.Signal()) go.SetResult();
                return go.Task;
            });
        })).WaitAsync(TimeSpan.FromMinutes(3));
        for (var i = 0; i < Clients; i++)
            Assert.True(hashes[i].Sent == hashes[i].Received, $"seed {seed}: client {i} got something else back");
    }

    [Fact]
    public async Task A_hundred_random_clients_get_back_what_they_sent()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var gateway = await TestGateway.StartAsync(Conf.StopSoon, Conf.Services, Patient);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var random = new Random(seed + i);
            var payload = new byte[random.Next(3) == 0 ? random.Next(10) : random.Next(200_000)];
            random.NextBytes(payload);
            byte[] sent = [.. Encoding.ASCII.GetBytes(random.Next(2) == 0 ? "echo\r\n" : "Echo\n"), .. payload];

            using var client = await gateway.ConnectAsync("tcpmux");
            var receiving = client.ReceiveToEndAsync();
            for (var at = 0; at < sent.Length;)
            {
                var part = random.Next(2) == 0 ? random.Next(1, 10) : random.Next(1, 50_000);
                part = Math.Min(part, sent.Length - at);
                await client.SendAsync(sent.AsMemory(at, part));
                at += part;
            }

            client.Finish();
            byte[] expected = [.. "+\r\n"u8, .. payload];
            var received = await receiving;
            Assert.True(expected.AsSpan().SequenceEqual(received),
                $"seed {seed} + {i}: {expected.Length} bytes were expected and {received.Length} came, the same up to "
                    + $"{expected.AsSpan().CommonPrefixLength(received)}");
        }));
    }

    // The line and the first block go in one packet; the rest when all clients have been handed to the service.
    private static async Task<(string Sent, string Received)> ExchangeAsync(
        TestClient client, int seed, Func<Task> rest)
    {
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(seed);
        var block = new byte[Block];
        random.NextBytes(block);
        sent.AppendData(block);
        await client.SendAsync((byte[])[.. "echo\r\n"u8, .. block]);
        Assert.Equal("+\r\n", Encoding.ASCII.GetString(await client.ReceiveAsync(3)));
        await rest();

        var receiving = ReceiveAsync(client);
        for (var left = Bytes - Block; left > 0; left -= Block)
        {
            random.NextBytes(block);
            sent.AppendData(block);
            await client.SendAsync(block);
        }

        client.Finish();
        return (Convert.ToHexString(sent.GetHashAndReset()), await receiving);
    }

    private static async Task<string> ReceiveAsync(TestClient client)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Block];
        while (await client.ReceiveAsync(block) is var n and > 0) hash.AppendData(block.AsSpan(0, n));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

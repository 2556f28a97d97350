using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.TwoProcess.Tests;

/// <summary>
/// A server whose sockets are kept and read durably is killed at random moments: each of its connections answers again
/// after the restart, and each byte is answered once.
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output) : IDisposable
{
    private const string ConnectionsVariable = "HANDOFF_TEST_KEPT_CONNECTIONS";
    private const string KillsVariable = "HANDOFF_TEST_KILLS";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(300);

    private readonly string _folder = Directory.CreateTempSubdirectory("handoff-").FullName;
    private readonly CancellationTokenSource _enough = new();
    private readonly int _connections = Number(ConnectionsVariable, 100);
    private long _answers;
    private long _awaited = long.MaxValue;
    private TaskCompletionSource _reached = new();

    [LinuxFact]
    public async Task Every_connection_answers_again_after_each_kill_9_and_no_byte_is_lost_or_answered_twice()
    {
        var seed = Number("HANDOFF_TEST_SEED", Random.Shared.Next());
        output.WriteLine($"HANDOFF_TEST_SEED={seed}");
        var random = new Random(seed);
        await using var keeper = new Child("keeper", _folder);
        await keeper.SaysAsync("ready");
        var server = Server();
        try
        {
            var port = int.Parse(await server.SaysAsync("port"), CultureInfo.InvariantCulture);
            var clients = new Task[_connections];
            for (var i = 0; i < clients.Length; i++) clients[i] = Task.Run(() => AskAsync(port, i));
            await server.SaysAsync("kept");
            for (var kill = 0; kill < Number(KillsVariable, 3); kill++)
            {
                await AnsweredAsync(random.Next(10 * _connections), clients);
                Fault.Send(server.Id, Fault.KillSignal);
                await server.ExitAsync();
                Assert.DoesNotContain(server.Said, line => line.StartsWith("wrong", StringComparison.Ordinal));
                await server.DisposeAsync();
                server = Server();
                Assert.Equal($"{_connections + 1} 0 EESUCCESS", await server.SaysAsync("adopted"));
                await server.SaysAsync("kept");
            }

            await AnsweredAsync(_connections, clients);
            await _enough.CancelAsync();
            await Task.WhenAll(clients).WaitAsync(Bound);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [LinuxFact]
    public async Task A_keeper_that_is_killed_leaves_the_server_serving()
    {
        await using var keeper = new Child("keeper", _folder);
        await keeper.SaysAsync("ready");
        await using var server = Server();
        var port = int.Parse(await server.SaysAsync("port"), CultureInfo.InvariantCulture);
        var clients = new Task[_connections];
        for (var i = 0; i < clients.Length; i++) clients[i] = Task.Run(() => AskAsync(port, i));
        await server.SaysAsync("kept");
        Fault.Send(keeper.Id, Fault.KillSignal);
        await keeper.ExitAsync();
        Assert.Contains(nameof(Messages.KeepingLost), await server.SaysAsync("wrong"), StringComparison.Ordinal);
        await AnsweredAsync(2 * _connections, clients);
        await _enough.CancelAsync();
        await Task.WhenAll(clients).WaitAsync(Bound);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _enough.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Child Server() => new("server", _folder, (HostSettings.ConnectionsVariable, _connections));

    // One question at a time, of any length, and its answer; then both ends finish.
    private async Task AskAsync(int port, int client)
    {
        using var late = new CancellationTokenSource();
        late.CancelAfter(Bound);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, late.Token);
        var random = new Random(client);
        var heard = new byte[4096];
        while (!_enough.IsCancellationRequested)
        {
            var question = new byte[random.Next(1, heard.Length)];
            random.NextBytes(question);
            late.CancelAfter(Bound);
            await socket.SendAsync(question, late.Token);
            for (var have = 0; have < question.Length;)
            {
                var got = await socket.ReceiveAsync(heard.AsMemory(have), late.Token);
                Assert.True(got > 0, $"client {client}: the end came after {have} of {question.Length} bytes");
                have += got;
                Assert.True(have <= question.Length, $"client {client}: {have} bytes for {question.Length}");
            }

            Assert.True(heard.AsSpan(0, question.Length).SequenceEqual(question), $"client {client}: another answer");
            if (Interlocked.Increment(ref _answers) >= Interlocked.Read(ref _awaited)) _reached.TrySetResult();
        }

        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await socket.ReceiveAsync(heard, late.Token));
    }

    // So many more, all clients together.
    private async Task AnsweredAsync(int more, Task[] clients)
    {
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _awaited, Interlocked.Read(ref _answers) + Math.Max(1, more));
        await (await Task.WhenAny([_reached.Task, .. clients]).WaitAsync(Bound));
        Assert.True(_reached.Task.IsCompleted, "a client has ended");
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}

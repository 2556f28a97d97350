using System.Text;
using Handoff.Transport.Children;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Children;

// A supervisor of children, and connections of loopback to start them with.
internal sealed class Household : IAsyncDisposable
{
    private readonly IListenSocket _listener;

    public Household(ChildOptions? options = null, TimeProvider? time = null)
    {
        Supervisor = new ChildSupervisor(Engine, options ?? new ChildOptions(), time ?? TimeProvider.System);
        _listener = Engine.Listen(Loopback.AnyPort, 16).Socket!;
    }

    public LinuxEngine Engine { get; } = new(new LinuxEngineOptions { Loops = 1 });

    public ChildSupervisor Supervisor { get; }

    public static ChildProgram Shell(string script, params string[] arguments) =>
        new("/bin/sh") { Arguments = ["-c", script, "sh", .. arguments] };

    public static bool IsThere(Child child) => Directory.Exists($"/proc/{child.ProcessId}");

    public async Task<(IStreamSocket Client, SocketDescriptor Connection)> ConnectAsync()
    {
        var client = await Engine.ConnectTo(_listener);
        var accepted = await _listener.AcceptNext();
        return (client, ((LinuxStreamSocket)accepted).HandOut().Socket!);
    }

    // The child has the connection, and this process no more.
    public async Task<(IStreamSocket Client, Child Child)> StartAsync(ChildProgram program)
    {
        var (client, connection) = await ConnectAsync();
        using (connection) return (client, Start(program, new ChildDescriptors.Standard(connection)));
    }

    public Child Start(ChildProgram program, ChildDescriptors descriptors)
    {
        var (child, result) = Supervisor.Start(program, descriptors);
        Assert.True(result.IsSuccess, result.ToString());
        return child!;
    }

    public async Task<(string Output, ChildReport Report)> RunAsync(ChildProgram program, string input = "")
    {
        var (client, child) = await StartAsync(program);
        using (client)
        {
            if (input.Length > 0) await client.SendAsync(Encoding.UTF8.GetBytes(input));
            client.ShutdownSend();
            var output = await ReadToEndAsync(client);
            return (output, await child.Ended.WaitAsync(Loopback.Bound));
        }
    }

    public static async Task<string> ReadToEndAsync(IStreamSocket client)
    {
        var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await client.ReceiveAsync(buffer).AsTask().WaitAsync(Loopback.Bound);
            Assert.True(received.IsSuccess, received.ToString());
            if (received.Bytes == 0) return Encoding.UTF8.GetString(text.ToArray());
            text.Write(buffer, 0, received.Bytes);
        }
    }

    public static async Task<string> ReadLineAsync(IStreamSocket client)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            var received = await client.ReceiveAsync(one).AsTask().WaitAsync(Loopback.Bound);
            Assert.Equal(IoResult.Moved(1), received);
            if (one[0] == (byte)'\n') return line.ToString();
            line.Append((char)one[0]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var stopped = await Supervisor.StopAsync().WaitAsync(Loopback.Bound);
        _listener.Dispose();
        await Engine.DisposeAsync();
        Assert.True(stopped.IsSuccess, stopped.ToString());
    }
}

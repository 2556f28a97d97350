using System.Net;
using System.Text;
using Handoff.TestKit.Parties;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.TestKit.Scenarios;

// Somebody elsewhere with a datagram socket. It reads by itself what it is sent.
internal sealed class Sender(string name, MessageSocket socket)
{
    private readonly List<string> _received = [];
    private MessageLease? _lease;

    public string Name => name;

    public EndPoint Place => socket.LocalEndPoint!;

    public IReadOnlyList<string> Received => _received;

    public bool IsOver => socket.Completion.IsCompleted;

    public Task Reading { get; private set; } = Task.CompletedTask;

    public void Start(Func<Func<Task>, Task> begin)
    {
        socket.Start();
        _lease = socket.Lease(1);
        Reading = begin(ReadAsync);
    }

    public async Task SendAsync(byte[] bytes, EndPoint to)
    {
        var sent = await _lease!.SendAsync(bytes, to);
        if (!sent.IsSuccess) throw new StoryException($"{name} cannot send to {to}: {sent}");
    }

    public void Close() => socket.Close();

    private async Task ReadAsync()
    {
        while (await _lease!.ReadAsync() is { IsOpen: true } message)
        {
            if (message.Kind is MessageKind.Data) _received.Add(Encoding.UTF8.GetString(message.Bytes.Span));
            _lease.Consume();
        }
    }
}

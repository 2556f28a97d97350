using System.Text;

namespace Handoff.TestKit.Scenarios;

/// <summary>What somebody elsewhere does who has a datagram socket.</summary>
public sealed class SenderActs
{
    private readonly Stage _stage;
    private readonly Sender _sender;

    internal SenderActs(Stage stage, Sender sender) => (_stage, _sender) = (stage, sender);

    /// <summary>Sends text, as UTF-8, in one message.</summary>
    /// <param name="socket">To which socket of the story.</param>
    /// <param name="text">The text; may be empty.</param>
    public SenderActs Sends(string socket, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var place = _stage.Names.PlaceOf(socket);
        _stage.Note($"{_sender.Name} sends {bytes.Length} bytes to {socket}");
        _stage.Watch.MessagesOf(_stage.IdOf(socket))?.Sends(_sender.Name, bytes);
        _stage.Await(_stage.System.Begin(() => _sender.SendAsync(bytes, place)));
        return this;
    }
}

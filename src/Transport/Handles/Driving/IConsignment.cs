using System.Diagnostics;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Driving;

// What a giver gives. It is told to stop once, and after that to resume or to close, once.
internal interface IConsignment
{
    HandleCapabilities Needs { get; }

    // What it is, for the taker to choose by.
    string Label { get; }

    IReadOnlyList<SocketFacts> Facts { get; }

    // In which trace each is offered; empty where there is none.
    IReadOnlyList<ActivityContext?> Traces => [];

    // Stops reading and sending. The token trips at the bound; it ends soon then, stopped or not.
    ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken);

    // The token that decides from now on, before anybody is sent it: whoever keeps copies has to hear of it. Without
    // success nothing is sent.
    ValueTask<SocketResult> BindAsync(TakeOnceToken token) => new(SocketResult.Success);

    // Nobody took it: the sockets go on where they stopped.
    void Resume();

    // The taker has it: the descriptors are closed, and nothing is done to the connections.
    void Close();
}

using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Handles.Driving;

// The world of a giver's side.
internal interface IGiverPort
{
    // The event that the effect ended with, for those that have one.
    ValueTask<GiverEvent?> DoAsync(GiverEffect effect);

    // What happens next; it always ends, because a timer runs.
    ValueTask<GiverEvent> NextAsync();
}

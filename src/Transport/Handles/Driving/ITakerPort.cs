using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Handles.Driving;

// The world of a taker's side.
internal interface ITakerPort
{
    // The event that the effect ended with, for those that have one.
    ValueTask<TakerEvent?> DoAsync(TakerEffect effect);

    // What happens next; it always ends, because a timer runs.
    ValueTask<TakerEvent> NextAsync();
}

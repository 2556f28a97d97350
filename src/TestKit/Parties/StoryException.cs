namespace Handoff.TestKit.Parties;

// The story asks for what cannot be: a party is to use what it does not have. No fault of the socket's.
internal sealed class StoryException(string message) : Exception(message);

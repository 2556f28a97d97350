namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// One that comes for what was left: what it was sent, under which token, and whether it uses it.
internal sealed record Adopter(bool IsDead, bool HasAsked, bool WasAnswered, bool Has, bool Uses, Party? Token)
{
    public static Adopter Start { get; } = new(false, false, false, false, false, null);
}

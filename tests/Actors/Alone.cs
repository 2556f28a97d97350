namespace Handoff.Actors.Tests;

// Tests that measure the whole process run by themselves, after the others.
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone
{
}

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>Tests that count the descriptors of this process, and so run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

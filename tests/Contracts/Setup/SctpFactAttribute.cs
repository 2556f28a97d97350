using Xunit.Sdk;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>A test of a suite; a class that needs what is not there skips it.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Handoff.Contracts.Tests.Setup.SctpFactDiscoverer", "Contracts.Tests")]
internal sealed class SctpFactAttribute : FactAttribute;

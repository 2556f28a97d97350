using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

public sealed class PipeOverPortableUnix(ITestOutputHelper output)
    : PipeContract(new TransportKind.PortableUnix(), output);

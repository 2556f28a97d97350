using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

public sealed class PushBackOverPortableUnix(ITestOutputHelper output)
    : PushBackContract(new TransportKind.PortableUnix(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

public sealed class AcceptFilterOverPortableUnix(ITestOutputHelper output)
    : AcceptFilterContract(new TransportKind.PortableUnix(), output);

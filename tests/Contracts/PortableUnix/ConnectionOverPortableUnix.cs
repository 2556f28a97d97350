using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

public sealed class ConnectionOverPortableUnix(ITestOutputHelper output)
    : ConnectionContract(new TransportKind.PortableUnix(), output);

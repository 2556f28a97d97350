using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MulticastOverPortableUdpV6(ITestOutputHelper output)
    : MulticastContract(DatagramKind.OfGroupsOverIPv6(isPortable: true), output);

using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Handoff.Processes;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// What a peer may write beside an attachment: the names of types that do something when they are loaded.
public sealed class HostileManifestTests(ITestOutputHelper output) : CodecTestKit(output)
{
    private static readonly ConcurrentBag<string> Sprung = [];

    // The default serializer of the packages has 1.
    public static TheoryData<int> Numbers =>
        [0, 1, 4, OrderSerializer.Id, OddSerializer.Id, NamedSerializer.Id, AttachmentCodec.BytesId,
            AttachmentCodec.TextId, 9999, int.MinValue];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_type_that_a_peer_names_is_not_loaded_whatever_serializer_it_names_with_it(int number)
    {
        var codec = Codec();
        var kind = new AttachmentKind(number, Name<Trap>());
        Refused(codec.TryDecode(kind, "{}"u8.ToArray()), ResultCode.EEMODENOTSUPP, nameof(Trap));
        Assert.DoesNotContain(nameof(Trap), Sprung);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void No_assembly_that_a_peer_names_is_looked_for(int number)
    {
        var name = $"Hostile{Guid.NewGuid():N}";
        using var watch = new LoadWatch(name);
        var codec = Codec();
        var kind = new AttachmentKind(number, $"Some.Type, {name}");
        Refused(codec.TryDecode(kind, "{}"u8.ToArray()), ResultCode.EEMODENOTSUPP, name);
        Assert.Equal(0, watch.Asked);
    }

    // The two tests above can fail: by Akka's own way the type is loaded, and its assembly is looked for.
    [Fact]
    public void The_way_that_goes_by_the_names_of_types_springs_the_trap()
    {
        Assert.IsType<ControlTrap>(Sys.Serialization.Deserialize([], NamedSerializer.Id, Name<ControlTrap>()));
        Assert.Contains(nameof(ControlTrap), Sprung);
        var name = $"Hostile{Guid.NewGuid():N}";
        using var watch = new LoadWatch(name);
        Assert.ThrowsAny<Exception>(() => Sys.Serialization.Deserialize([], NamedSerializer.Id, $"Some.Type, {name}"));
        Assert.NotEqual(0, watch.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData(",")]
    public void A_manifest_that_no_serializer_of_ours_writes_reaches_none(string manifest)
    {
        var codec = Codec();
        var kind = new AttachmentKind(OrderSerializer.Id, manifest);
        Refused(codec.TryDecode(kind, "a"u8.ToArray()), ResultCode.EEMODENOTSUPP, "manifest");
    }

    private sealed class Trap
    {
        static Trap() => Sprung.Add(nameof(Trap));
    }

    private sealed class ControlTrap
    {
        static ControlTrap() => Sprung.Add(nameof(ControlTrap));
    }

    // How often the runtime asks where an assembly is.
    private sealed class LoadWatch : IDisposable
    {
        private readonly string _name;
        private int _asked;

        public LoadWatch(string name)
        {
            _name = name;
            AssemblyLoadContext.Default.Resolving += Count;
        }

        public int Asked => Volatile.Read(ref _asked);

        public void Dispose() => AssemblyLoadContext.Default.Resolving -= Count;

        private Assembly? Count(AssemblyLoadContext context, AssemblyName name)
        {
            if (name.Name == _name) Interlocked.Increment(ref _asked);
            return null;
        }
    }
}

using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class PathTests
{
    private static readonly RootActorPath s_root = new(new Address("akka", "Sys"));

    [Fact]
    public void A_path_is_an_address_and_names()
    {
        var path = s_root / "user" / "a";
        Assert.Equal("akka://Sys/user/a", path.ToString());
        Assert.Equal("/user/a", path.ToStringWithoutAddress());
        Assert.Equal("akka://Sys/user/a", path.ToStringWithAddress());
        Assert.Equal(("a", 2, 0L), (path.Name, path.Depth, path.Uid));
        Assert.Equal(["user", "a"], path.Elements);
        Assert.Equal(s_root.Address, path.Address);
        Assert.Equal("akka://Sys/", s_root.ToString());
    }

    [Fact]
    public void Paths_are_made_of_parts()
    {
        List<string> parts = ["user", "", "a"];
        Assert.Equal(s_root / "user" / "a", s_root / parts);
        Assert.Equal(s_root / "user" / "a", (s_root / "user").Child("a"));
        Assert.Equal(7, (s_root / "user" / "a#7").Uid);
        Assert.Equal("a", new ChildActorPath(s_root, "a", 7).Name);
    }

    [Fact]
    public void A_path_knows_those_above_it()
    {
        var path = s_root / "user" / "a" / "b";
        Assert.Equal(s_root / "user" / "a", path.Parent);
        Assert.Equal(s_root, path.Root);
        Assert.Equal(s_root / "user", path.ParentOf(1));
        Assert.Equal(s_root / "user" / "a", path.ParentOf(-1));
        Assert.Equal(s_root, path.ParentOf(-10));
        Assert.Null(s_root.Parent);
    }

    [Fact]
    public void The_uid_is_no_part_of_what_makes_paths_equal()
    {
        var path = s_root / "user" / "a";
        var withUid = path.WithUid(7);
        Assert.Equal(7, withUid.Uid);
        Assert.Equal(path, withUid);
        Assert.Equal(path.GetHashCode(), withUid.GetHashCode());
        Assert.Equal("akka://Sys/user/a#7", withUid.ToStringWithUid());
        Assert.Equal("akka://Sys/user/a#7", withUid.ToSerializationFormat());
        Assert.Equal("akka://Sys/user/a", path.ToStringWithUid());
        Assert.Same(s_root, s_root.WithUid(0));
        Assert.Throws<NotSupportedException>(() => s_root.WithUid(7));
    }

    [Fact]
    public void Paths_are_equal_where_all_their_parts_are()
    {
        var path = s_root / "user" / "a";
        var other = new RootActorPath(new Address("akka", "Other")) / "user" / "a";
        Assert.True(path == s_root / "user" / "a");
        Assert.True(path != other);
        Assert.False(path.Equals(other));
        Assert.False(path.Equals((object)"text"));
        Assert.False(path.Equals(s_root / "user"));
        Assert.False(path.Equals(s_root / "system" / "a"));
    }

    [Fact]
    public void Paths_are_ordered_by_name()
    {
        Assert.True((s_root / "a").CompareTo(s_root / "b") < 0);
        Assert.True((s_root / "b").CompareTo(s_root / "a") > 0);
        Assert.Equal(0, (s_root / "a").CompareTo(s_root / "a"));
        Assert.True(s_root.CompareTo(s_root / "a") > 0);
        Assert.True((s_root / "a").CompareTo(s_root) < 0);
    }

    [Fact]
    public void A_path_is_read_as_it_is_written()
    {
        var path = ActorPath.Parse("akka://Sys/user/a#7");
        Assert.Equal((s_root / "user" / "a", 7L), (path, path.Uid));
        Assert.True(ActorPath.TryParse("akka.tcp://Sys@host:4711/user", out var remote));
        Assert.Equal("akka.tcp://Sys@host:4711/user", remote.ToString());
        Assert.False(ActorPath.TryParse("no path", out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse("no path"));
    }

    [Fact]
    public void A_part_of_a_path_is_made_of_some_characters_only()
    {
        Assert.True(ActorPath.IsValidPathElement("a1" + ActorPath.ValidSymbols));
        Assert.True(ActorPath.IsValidPathElement("%2f"));
        foreach (var bad in new[] { null, "", "$a", "a/b", "a b", "%2", "%zz", "é" })
            Assert.False(ActorPath.IsValidPathElement(bad), bad);
    }

    [Fact]
    public void An_address_has_a_protocol_a_system_and_perhaps_a_host_and_a_port()
    {
        var local = new Address("akka", "Sys");
        Assert.Equal(("akka", "Sys", null, null), (local.Protocol, local.System, local.Host, local.Port));
        Assert.Equal("akka://Sys", local.ToString());
        Assert.True(local.HasLocalScope);
        Assert.False(local.HasGlobalScope);
        var remote = local.WithHost("Example").WithPort(4711);
        Assert.Equal("akka://Sys@example:4711", remote.ToString());
        Assert.Equal("Sys@example:4711", remote.HostPort());
        Assert.True(remote.HasGlobalScope);
        Assert.Equal("all-systems", Address.AllSystems.System);
    }

    [Fact]
    public void Addresses_are_equal_where_all_their_parts_are()
    {
        var one = new Address("akka", "Sys", "host", 1);
        Assert.True(one == new Address("akka", "Sys", "host", 1));
        Assert.True(one != one.WithPort(2));
        Assert.True(one.Equals((object)new Address("akka", "Sys", "HOST", 1)));
        Assert.False(one.Equals(null));
        Assert.Equal(one.GetHashCode(), new Address("akka", "Sys", "host", 1).GetHashCode());
        Assert.True(one.CompareTo(one.WithPort(2)) < 0);
    }

    [Fact]
    public void An_address_is_read_as_it_is_written()
    {
        Assert.Equal(new Address("akka.tcp", "Sys", "host", 4711), Address.Parse("akka.tcp://Sys@host:4711"));
        Assert.True(Address.TryParse("akka://Sys", out var local));
        Assert.Equal(new Address("akka", "Sys"), local);
        Assert.False(Address.TryParse("http://example", out _));
        Assert.False(Address.TryParse("no address", out _));
    }
}

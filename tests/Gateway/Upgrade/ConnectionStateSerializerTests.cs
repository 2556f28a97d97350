using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Handoff.Gateway.Connections;

namespace Handoff.Gateway.Tests.Upgrade;

public sealed class ConnectionStateSerializerTests : IAsyncLifetime
{
    private static readonly ConnectionState State = new("chargen", 94, TimeSpan.FromSeconds(7.5));

    private readonly ActorSystem _system = ActorSystem.Create(
        "state", ConfigurationFactory.ParseString(ConnectionStateSerializer.Configuration));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void The_gateways_configuration_binds_it_and_the_state_comes_back_as_it_was()
    {
        var serialization = ((ExtendedActorSystem)_system).Serialization;
        var serializer = Assert.IsType<ConnectionStateSerializer>(serialization.FindSerializerFor(State));
        Assert.Equal(26727, serializer.Identifier);
        Assert.Equal("connection/1", serializer.Manifest(State));
        Assert.Equal(State, serialization.Deserialize(serializer.ToBinary(State), 26727, "connection/1"));
    }

    // Another version of the gateway reads what this one writes: a new form is a new manifest.
    [Fact]
    public void The_first_form_never_changes() =>
        Assert.Equal(
            "076368617267656E5E00000000000000C068780400000000", Convert.ToHexString(Serializer().ToBinary(State)));

    [Theory]
    [InlineData("connection/2")]
    [InlineData("")]
    public void A_form_that_is_not_known_is_refused(string manifest) =>
        Assert.Throws<SerializationException>(() => Serializer().FromBinary(Serializer().ToBinary(State), manifest));

    [Fact]
    public void Bytes_that_are_no_state_are_refused()
    {
        var bytes = Serializer().ToBinary(State);
        Assert.Throws<FormatException>(() => Serializer().FromBinary([.. bytes, 0], "connection/1"));
        Assert.ThrowsAny<IOException>(() => Serializer().FromBinary(bytes[..^1], "connection/1"));
        bytes[^1] = 0x80;
        Assert.Throws<FormatException>(() => Serializer().FromBinary(bytes, "connection/1"));
    }

    private ConnectionStateSerializer Serializer() => new((ExtendedActorSystem)_system);
}

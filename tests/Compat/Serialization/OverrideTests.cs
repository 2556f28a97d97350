using Akka.Actor;
using Akka.Event;
using Handoff.Compat.Tests.Event;

namespace Handoff.Compat.Tests.Serialization;

public sealed class OverrideTests() : SystemTest(
    $"akka.stdout-logger-class = {LoggerProbes.NameOf<LoggerProbes.Stdout>()}")
{
    [Fact]
    public void A_serializer_that_takes_the_place_of_another_is_told_of()
    {
        Assert.True(System.Settings.LogSerializerOverrideOnStart);
        var system = (ExtendedActorSystem)System;
        System.Serialization.AddSerializer("first", new Same(system));
        System.Serialization.AddSerializer("second", new Other(system));
        Assert.Contains(LoggerProbes.ToStdout.OfType<Warning>(), Tells);
    }

    private static bool Tells(Warning warning) =>
        warning.Message.ToString() is { } text
        && text.Contains(typeof(Same).FullName!, StringComparison.Ordinal)
        && text.Contains(typeof(Other).FullName!, StringComparison.Ordinal);

    private class Same(ExtendedActorSystem system) : Akka.Serialization.Serializer(system)
    {
        public override int Identifier => 7010;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => bytes;
    }

    private sealed class Other(ExtendedActorSystem system) : Same(system);
}

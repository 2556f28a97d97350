using System.Reflection;
using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

// A stray project reference would put a stand-in where a package was asked for, and every test would be green.
public sealed class AkkaSourceTests
{
    public static TheoryData<Type> Entrances =>
        [typeof(ActorSystem), typeof(AkkaConfigurationBuilder), typeof(TestKit)];

    [Theory]
    [MemberData(nameof(Entrances))]
    public void The_tests_run_on_the_Akka_that_the_build_named(Type entrance)
    {
        var source = typeof(AkkaSourceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "AkkaSource").Value;
        Assert.Equal(source, SourceOf(entrance.Assembly));
    }

    private static string SourceOf(Assembly akka) =>
        akka.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company == "Akka.NET Team" ? "packages" : "bundled";
}

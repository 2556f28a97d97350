using System.Reflection;
using System.Runtime.CompilerServices;

namespace Akka.TestKit.Internal;

// Configurations name "Akka.TestKit.TestScheduler, Akka.TestKit"; here that assembly and Akka.TestKit.Xunit2 are one.
internal static class AkkaTestKitName
{
#pragma warning disable CA2255 // Nobody need call anything of this library before its names are looked up.
    [ModuleInitializer]
    internal static void Answer() => AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) =>
        new AssemblyName(wanted.Name).Name == "Akka.TestKit" ? typeof(TestKitBase).Assembly : null;
#pragma warning restore CA2255
}

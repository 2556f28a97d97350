using Akka.Actor;
using Akka.TestKit.Xunit2;
using Handoff.Processes;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// A system whose configuration binds some types, well and badly.
public abstract class CodecTestKit(ITestOutputHelper output) : Akka.TestKit.Xunit2.TestKit(Hocon, output: output)
{
    internal const int Bound = 1000;

    private static readonly string Hocon =
        $$"""
        akka.loglevel = WARNING
        akka.log-serializer-override-on-start = off
        akka.actor {
          serializers {
            orders = "{{Name<OrderSerializer>()}}"
            odd = "{{Name<OddSerializer>()}}"
            named = "{{Name<NamedSerializer>()}}"
            twin = "{{Name<TwinSerializer>()}}"
            other-twin = "{{Name<OtherTwinSerializer>()}}"
            greedy = "{{Name<GreedySerializer>()}}"
          }
          serialization-bindings {
            "{{Name<IOrder>()}}" = orders
            "{{Name<Odd>()}}" = odd
            "{{Name<Named>()}}" = named
            "{{Name<Twin>()}}" = twin
            "{{Name<OtherTwin>()}}" = other-twin
            "{{Name<Greedy>()}}" = greedy
            "No.Such, Type" = orders
          }
        }
        """;

    internal AttachmentCodec Codec() => new((ExtendedActorSystem)Sys, Bound);

    // What was refused, by its code, with words that a person finds the cause by.
    internal static void Refused(
        (SocketAttachment? Encoded, SocketResult Result) answer, ResultCode code, string word)
    {
        Assert.Null(answer.Encoded);
        Assert.Equal(code, answer.Result.Code);
        Assert.Contains(word, answer.Result.Reason, StringComparison.Ordinal);
    }

    internal static void Refused((object? Attachment, SocketResult Result) answer, ResultCode code, string word)
    {
        Assert.Null(answer.Attachment);
        Assert.Equal(code, answer.Result.Code);
        Assert.Contains(word, answer.Result.Reason, StringComparison.Ordinal);
    }

    protected static string Name<T>() => typeof(T).AssemblyQualifiedName!;
}

using System.Text.RegularExpressions;
using Akka.Actor;

namespace Akka.TestKit.Internal;

// What a filter wants of a text, and how it says so when a test fails. Case does not count.
internal sealed record TextMatch(string Description, Predicate<string> IsMatch)
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    public static readonly TextMatch Any = new("", _ => true);

    public static TextMatch Of(Regex pattern) => new($"~ {pattern}", pattern.IsMatch);

    public static TextMatch Of(string message, string start, string contains) => (message, start, contains) switch
    {
        ({ }, _, _) => new TextMatch($"== \"{message}\"", text => text.Equals(message, AnyCase)),
        (_, { }, _) => new TextMatch($"starts with \"{start}\"", text => text.StartsWith(start, AnyCase)),
        (_, _, { }) => new TextMatch($"contains \"{contains}\"", text => text.Contains(contains, AnyCase)),
        _ => Any,
    };

    // A source is a name, or the path of an actor with its address or without.
    public static TextMatch OfSource(string source) => source == null
        ? Any
        : new TextMatch(
            $"== \"{source}\"",
            text => source.Equals(text, AnyCase) || source.Equals(WithoutAddress(text), AnyCase));

    public override string ToString() => Description;

    private static string WithoutAddress(string path) =>
        ActorPath.TryParse(path, out var actorPath) ? actorPath.ToStringWithoutAddress() : null;
}

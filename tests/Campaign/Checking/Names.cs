using System.Text.RegularExpressions;

namespace Handoff.Campaign.Tests.Checking;

// An actor by its name alone: the rest of its path is not the same when a seed is played again.
internal static partial class Names
{
    public static string In(string text) => Path().Replace(text, "$1");

    [GeneratedRegex(@"\[?akka://[^\s\]]*/([^/#\s\]]+)#\d+\]?")]
    private static partial Regex Path();
}

using System.Globalization;

namespace Handoff.Gateway.Tests.Running;

// What every run does is a part of the figure that is promised; the environment asks for all of it.
internal static class Figures
{
    public static int Of(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}

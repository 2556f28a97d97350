namespace Handoff.Actors.Tests.Tls;

// Needs the program openssl. Where it is not there the test is skipped with the reason; where HANDOFF_REQUIRES names
// openssl (its names are separated by commas) it runs, and fails.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenSslFactAttribute : FactAttribute
{
    public OpenSslFactAttribute()
    {
        var required = Environment.GetEnvironmentVariable("HANDOFF_REQUIRES") ?? "";
        if (!required.Split(',', StringSplitOptions.TrimEntries).Contains("openssl")) Skip = OpenSsl.Missing;
    }
}

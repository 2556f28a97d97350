namespace Handoff.Hosting.Tests.Setup;

internal sealed record Greeting(string Text);

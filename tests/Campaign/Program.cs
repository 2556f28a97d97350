using Handoff.Campaign.Tests.Running;

return await new CommandLine(Console.Out, Console.Error).RunAsync(args);

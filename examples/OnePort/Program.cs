using System.Net;
using Akka.Actor;
using Akka.Hosting;
using Handoff.AspNetCore;
using Handoff.AspNetCore.Ports;
using Handoff.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OnePort;

// One port for a page and for an actor: `printf 'hello\n' | nc 127.0.0.1 8080` leaves a line with the clerk, and
// http://127.0.0.1:8080/ shows it. Another port may be said.
var port = args.Length > 0 ? int.Parse(args[0]) : 8080;
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseHandoff().ConfigureKestrel(kestrel =>
{
    kestrel.ListenHandoff("web");
    kestrel.ListenHandoff("h2c", listen => listen.Protocols = HttpProtocols.Http2);
});
builder.Services.AddAkka("one-port", akka => akka.WithHandoff(handoff => handoff
    .ListenOnePort<Clerk>("port", new IPEndPoint(IPAddress.Loopback, port), names => names.Http2 = "h2c")));

await using var application = builder.Build();
application.MapGet("/", async (IRequiredActor<Clerk> clerk) =>
{
    var noted = await clerk.ActorRef.Ask<string>(Clerk.WhatIsNoted, TimeSpan.FromSeconds(5));
    return Results.Content($"<title>One port</title><pre>{WebUtility.HtmlEncode(noted)}</pre>", "text/html");
});
application.MapGet("/protocol", (HttpContext context) => context.Request.Protocol);
var system = application.Services.GetRequiredService<ActorSystem>();
application.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(
    $"at {HandoffHost.For(system).Listener("port").EndPoint}"));
await application.RunAsync();

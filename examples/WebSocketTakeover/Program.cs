using System.Net;
using System.Net.WebSockets;
using Akka.Actor;
using Akka.Hosting;
using Handoff.AspNetCore;
using Handoff.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using WebSocketTakeover;

// ws://127.0.0.1:8081/desk: ASP.NET Core answers the handshake, and from then on the connection is an actor's. Another
// port may be said.
var port = args.Length > 0 ? int.Parse(args[0]) : 8081;
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseHandoff().ConfigureKestrel(kestrel =>
    kestrel.ListenHandoff("web", new IPEndPoint(IPAddress.Loopback, port)));
builder.Services.AddAkka("takeover", akka => akka.WithHandoff().WithActors((system, registry) =>
    registry.Register<Desk>(system.ActorOf(Props.Create(() => new Desk()), "desk"))));

await using var application = builder.Build();
application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero }); // nobody else may write then
application.MapGet("/desk", async (HttpContext context, IRequiredActor<Desk> desk) =>
{
    if (!context.WebSockets.IsWebSocketRequest) return Results.BadRequest();
    var socket = await context.WebSockets.AcceptWebSocketAsync();
    var released = await context.ReleaseConnectionAsync(desk.ActorRef);
    if (!released.IsSuccess)
        await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, released.Reason, context.RequestAborted);
    return Results.Empty;
});
application.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"at {application.Urls.Single()}"));
await application.RunAsync();

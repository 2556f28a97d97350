using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.AspNetCore.Tests;

public sealed class UseHandoffTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_serves_beside_Kestrels_own_sockets_whichever_is_named_first(bool isFirst)
    {
        using var system = ActorSystem.Create(
            "either", ConfigurationFactory.ParseString("akka { loggers = [], stdout-loglevel = OFF }"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(system);
        if (isFirst) builder.WebHost.UseHandoff();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenHandoff("web", new IPEndPoint(IPAddress.Loopback, 0));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        if (!isFirst) builder.WebHost.UseHandoff();
        await using var application = builder.Build();
        application.Run(context => context.Response.WriteAsync(
            $"{context.Features.Get<IHandoffFeature>()?.Facts.Transport}"));
        await application.StartAsync().WaitAsync(Patience);
        using var client = new HttpClient { Timeout = Patience };
        var answers = await Task.WhenAll(application.Urls.Select(client.GetStringAsync));
        Assert.Equal(["", "tcp"], answers.Order());
        await application.StopAsync().WaitAsync(Patience);
        await system.Terminate().WaitAsync(Patience);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_that_no_actor_can_have_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new HandoffEndPoint(name));
}

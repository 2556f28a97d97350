using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>What actors give to the host, where a process dies or may not.</summary>
public sealed class ActorNamesBetweenProcessesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handoff-");

    public void Dispose() => _folder.Delete(recursive: true);

    [LinuxFact]
    public async Task A_giver_that_is_killed_closes_what_it_gave_and_frees_the_name_for_the_next()
    {
        await using var first = new Child("actor-giver", _folder.FullName);
        using (var client = await GivenAsync(first))
        {
            Fault.Send(first.Id, Fault.KillSignal);
            await first.ExitAsync();
            Assert.Equal("", await ReadToEndAsync(client));
        }

        await using var nobody = new Child("actor-getter", _folder.FullName);
        Assert.Equal("EENAMENOTFOUND", await nobody.SaysAsync("failed"));
        await using var second = new Child("actor-giver", _folder.FullName);
        using var next = await GivenAsync(second);
        await GotAsync(next);
        Assert.Equal("EESUCCESS", await second.SaysAsync("outcome"));
    }

    [LinuxFact]
    public async Task A_getter_that_is_killed_in_the_middle_leaves_the_socket_given_to_the_next()
    {
        await using var giver = new Child("actor-giver", _folder.FullName);
        using var client = await GivenAsync(giver);
        await using var killed = new Child("actor-getter", _folder.FullName, (ActorSides.StallsVariable, 1));
        await killed.SaysAsync("asked");
        Fault.Send(killed.Id, Fault.KillSignal);
        await killed.ExitAsync();
        await GotAsync(client);
        Assert.Equal("EESUCCESS", await giver.SaysAsync("outcome"));
    }

    [LinuxFact]
    public async Task A_policy_that_refuses_another_process_is_what_that_is_told()
    {
        await using var giver = new Child("actor-giver", _folder.FullName, (ActorSides.RefusesVariable, 1));
        using var client = await GivenAsync(giver);
        await using var getter = new Child("actor-getter", _folder.FullName);
        Assert.Equal("EESECURITY", await getter.SaysAsync("failed"));
        Assert.Equal($"{getter.Id}", await giver.SaysAsync("refuses"));
    }

    private static async Task<Socket> GivenAsync(Child giver)
    {
        var port = int.Parse(await giver.SaysAsync("port"), CultureInfo.InvariantCulture);
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port);
        Assert.Equal(ActorSides.Name, await giver.SaysAsync("given"));
        return client;
    }

    private async Task GotAsync(Socket client)
    {
        await using var getter = new Child("actor-getter", _folder.FullName);
        await getter.SaysAsync("got");
        Assert.Equal("hello", await ReadToEndAsync(client));
        Assert.Equal(0, await getter.ExitAsync());
    }

    // A process that is killed resets what it had unread.
    private static async Task<string> ReadToEndAsync(Socket client)
    {
        var text = new StringBuilder();
        var buffer = new byte[64];
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            while (await client.ReceiveAsync(buffer, late.Token) is > 0 and var count)
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            return text.ToString();
        }

        return text.ToString();
    }
}

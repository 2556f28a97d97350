using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Handoff.Transport.Children;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Children;

public sealed class ChildStartTests : IAsyncLifetime
{
    private readonly Household _house = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task The_connection_is_its_input_its_output_and_its_error()
    {
        var (output, report) = await _house.RunAsync(
            Household.Shell("read line; echo \"out $line\"; echo \"error $line\" >&2"), "hello\n");
        Assert.Equal("out hello\nerror hello\n", output);
        Assert.Equal((new ChildEnd.Exited(0), ChildStop.None), (report.End, report.Stop));
    }

    // It reads when there is nothing and writes when there is no room, which a socket that does not wait refuses.
    [Fact]
    public async Task Cat_gives_back_a_megabyte_byte_by_byte_the_same()
    {
        const int Size = 1024 * 1024;
        var bytes = RandomNumberGenerator.GetBytes(Size);
        var (client, child) = await _house.StartAsync(new ChildProgram("/bin/cat"));
        using (client)
        {
            var sending = Task.Run(async () =>
            {
                for (var sent = 0; sent < Size;) sent += (await client.SendAsync(bytes.AsMemory(sent))).Bytes;
                client.ShutdownSend();
            });
            var returned = new byte[Size];
            for (var at = 0; at < Size;)
            {
                var received = await client.ReceiveAsync(returned.AsMemory(at)).AsTask().WaitAsync(Loopback.Bound);
                Assert.True(received is { IsSuccess: true, Bytes: > 0 }, received.ToString());
                at += received.Bytes;
            }

            await sending.WaitAsync(Loopback.Bound);
            Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(returned));
            Assert.Equal("", await Household.ReadToEndAsync(client));
            Assert.Equal(new ChildEnd.Exited(0), (await child.Ended.WaitAsync(Loopback.Bound)).End);
        }
    }

    [Fact]
    public async Task It_has_nothing_else_open()
    {
        using var other = new SocketDescriptor(
            SystemCalls.Socket(Native.FamilyIPv4, Native.StreamSocket, 0)); // not closed on exec
        var (output, _) = await _house.RunAsync(
            Household.Shell("/bin/ls /proc/$$/fd"));
        Assert.Equal("0\n1\n2\n", output);
    }

    [Fact]
    public async Task It_has_the_variables_that_it_was_given_and_those_of_its_connection_and_no_others()
    {
        Environment.SetEnvironmentVariable("HANDOFF_TEST_ASKED", "asked");
        Environment.SetEnvironmentVariable("HANDOFF_TEST_OTHER", "other");
        var (client, connection) = await _house.ConnectAsync();
        using (client)
        {
            using (connection)
            {
                var program = new ChildProgram("/usr/bin/env")
                {
                    Environment = new Dictionary<string, string> { ["GIVEN"] = "a = b", ["TCPREMOTEIP"] = "a lie" },
                    Inherited = ["HANDOFF_TEST_ASKED", "HANDOFF_TEST_NOT_THERE"],
                };
                _house.Start(program, new ChildDescriptors.Standard(connection));
            }

            var (local, remote) = ((IPEndPoint)client.RemoteEndPoint!, (IPEndPoint)client.LocalEndPoint!);
            string[] expected =
            [
                "HANDOFF_TEST_ASKED=asked", "GIVEN=a = b", "PROTO=TCP",
                "TCPLOCALIP=127.0.0.1", $"TCPLOCALPORT={local.Port}",
                "TCPREMOTEIP=127.0.0.1", "REMOTE_HOST=127.0.0.1", "REMOTE_ADDR=127.0.0.1",
                $"TCPREMOTEPORT={remote.Port}", $"REMOTE_PORT={remote.Port}",
            ];
            var there = (await Household.ReadToEndAsync(client)).TrimEnd('\n').Split('\n');
            Assert.Equal(expected.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task No_signal_is_blocked_or_ignored()
    {
        var (output, _) = await _house.RunAsync(
            new ChildProgram("/bin/cat") { Arguments = ["/proc/self/status"] });
        const ulong OfTheLibraryItself = 3UL << 31; // nptl(7): 32 and 33
        foreach (var name in (string[])["SigBlk:", "SigIgn:", "SigCgt:"])
        {
            var line = output.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal));
            var signals = ulong.Parse(line[name.Length..].Trim(), NumberStyles.HexNumber, null);
            Assert.Equal(0UL, signals & ~OfTheLibraryItself);
        }
    }

    [Fact]
    public async Task It_leads_a_process_group_of_its_own()
    {
        var (client, child) = await _house.StartAsync(
            new ChildProgram("/bin/cat") { Arguments = ["/proc/self/stat"] });
        using (client)
        {
            var fields = (await Household.ReadToEndAsync(client)).Split(' ');
            const int Process = 0, Group = 4;
            var number = child.ProcessId.ToString(CultureInfo.InvariantCulture);
            Assert.Equal((number, number), (fields[Process], fields[Group]));
        }
    }

    [Fact]
    public async Task Its_name_and_its_arguments_arrive_as_they_are()
    {
        var program = new ChildProgram("/bin/cat") { Name = "called so", Arguments = ["/proc/self/cmdline"] };
        Assert.Equal("called so\0/proc/self/cmdline\0", (await _house.RunAsync(program)).Output);
        var (output, _) = await _house.RunAsync(Household.Shell("printf '<%s>' \"$@\"", "", "a b", "\"'\\", "Grüße"));
        Assert.Equal("<><a b><\"'\\><Grüße>", output);
    }

    [Fact]
    public async Task It_starts_in_the_directory_that_it_was_given() =>
        Assert.Equal("/usr/bin\n", (await _house.RunAsync(
            new ChildProgram("/bin/pwd") { Directory = "/usr/bin", Arguments = ["-P"] })).Output);

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("missing", null, ResultCode.EESPAWN, "ENOENT")]
    [InlineData("not-executable", null, ResultCode.EESECURITY, "EACCES")]
    [InlineData("no-program", null, ResultCode.EESPAWN, "ENOEXEC")]
    [InlineData("not-executable/below", null, ResultCode.EESPAWN, "ENOTDIR")]
    [InlineData("/bin/true", "missing", ResultCode.EESPAWN, "ENOENT")]
    public async Task What_cannot_be_started_is_a_code_that_names_it_and_the_connection_is_as_it_was(
        string path, string? directory, ResultCode code, string why)
    {
        var folder = Directory.CreateTempSubdirectory("handoff");
        try
        {
            string Inside(string name) => Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(Inside("not-executable"), "");
            await File.WriteAllTextAsync(Inside("no-program"), "neither this nor that");
            File.SetUnixFileMode(Inside("not-executable"), UnixFileMode.UserRead);
            File.SetUnixFileMode(Inside("no-program"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var (client, connection) = await _house.ConnectAsync();
            using (client)
            using (connection)
            {
                var program = new ChildProgram(Inside(path))
                {
                    Directory = directory is null ? null : Inside(directory),
                };
                var (child, result) = _house.Supervisor.Start(program, new ChildDescriptors.Standard(connection));
                Assert.Null(child);
                Assert.Equal(code, result.Code);
                Assert.Contains(program.Path, result.Reason, StringComparison.Ordinal);
                Assert.Contains(program.Directory ?? "", result.Reason, StringComparison.Ordinal);
                Assert.EndsWith(why, result.Reason, StringComparison.Ordinal);
                Assert.Equal(0, _house.Supervisor.Count);
                Assert.True(SocketOptions.IsNonBlocking(connection.Number));
                using var again = _house.Engine.Adopt(connection).Socket!;
                Assert.True((await again.SendAsync(new byte[1])).IsSuccess);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_calls_of_a_connection_that_a_child_has_wait()
    {
        var (client, connection) = await _house.ConnectAsync();
        using (client)
        using (connection)
        {
            Assert.True(SocketOptions.IsNonBlocking(connection.Number));
            _house.Start(new ChildProgram("/bin/true"), new ChildDescriptors.Standard(connection));
            Assert.False(SocketOptions.IsNonBlocking(connection.Number));
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("bin/true")]
    [InlineData("")]
    [InlineData("/bin/true\0")]
    public void A_program_has_an_absolute_path(string path) =>
        Assert.Throws<ArgumentException>(() => new ChildProgram(path));

    [Theory]
    [InlineData("", "x")]
    [InlineData("A=B", "x")]
    [InlineData("A", "x\0y")]
    public void A_variable_has_a_name_and_no_zero_byte(string name, string value) =>
        Assert.Throws<ArgumentException>(() => new ChildProgram("/bin/true")
        {
            Environment = new Dictionary<string, string> { [name] = value },
        });
}

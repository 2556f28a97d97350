using System.Net.Sockets;
using System.Runtime.Versioning;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.Transport.Tests.Handles.Rendezvous;

[SupportedOSPlatform("linux")]
public sealed class RuntimeDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void It_is_made_for_its_user_only_and_found_again()
    {
        using var made = Opened(_folder["run"]);
        Assert.Equal(_folder["run"], made.Path);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(made.Path));
        using var found = Opened(_folder["run"] + "/");
        Assert.Equal(made.Path, found.Path);
    }

    [LinuxFact]
    public void One_that_others_may_use_is_refused_by_its_path_and_mode_and_left_as_it_is()
    {
        Directory.CreateDirectory(_folder["run"], OwnerOnly | UnixFileMode.GroupExecute);
        Refused(ResultCode.EESECURITY, "run", "0710");
        Assert.Equal(OwnerOnly | UnixFileMode.GroupExecute, File.GetUnixFileMode(_folder["run"]));
    }

    [LinuxFact(needsRoot: true)]
    public void One_of_another_user_is_refused_by_its_path_and_owner()
    {
        Directory.CreateDirectory(_folder["run"], OwnerOnly);
        _folder.GiveAway("run");
        Refused(ResultCode.EESECURITY, "run", "4242");
    }

    [LinuxFact]
    public void A_link_to_a_fit_one_is_refused_also_behind_a_slash()
    {
        Directory.CreateDirectory(_folder["fit"], OwnerOnly);
        File.CreateSymbolicLink(_folder["run"], _folder["fit"]);
        Refused(ResultCode.EESECURITY, "run", "link");
        Refused(ResultCode.EESECURITY, "run/", "link");
    }

    [LinuxFact]
    public void Another_kind_of_file_is_refused_and_a_pipe_is_not_waited_for()
    {
        File.WriteAllText(_folder["file"], "");
        _folder.MakePipe("pipe");
        Refused(ResultCode.EEBADADDR, "file", "no directory");
        Refused(ResultCode.EEBADADDR, "pipe", "no directory");
    }

    [LinuxFact]
    public void One_in_a_folder_that_is_not_there_is_refused() =>
        Refused(ResultCode.EEBADADDR, "absent/run", "ENOENT");

    [LinuxFact]
    public void A_path_that_depends_on_the_working_directory_is_refused()
    {
        var (directory, result) = RuntimeDirectory.Open("run");
        Assert.Null(directory);
        Assert.Equal(ResultCode.EEBADADDR, result.Code);
    }

    [LinuxFact]
    public void Unless_told_otherwise_it_is_in_the_runtime_directory_of_the_login()
    {
        var user = SystemCalls.EffectiveUser();
        Assert.Equal(_folder["handoff"], RuntimeDirectory.DefaultPath(_folder.Root, user));
    }

    // What is nobody's, another's or no directory is passed over.
    [LinuxFact]
    public void Where_there_is_no_runtime_directory_of_the_user_it_is_where_everybody_may_write()
    {
        var nobody = 4_000_000_000u;
        var otherwise = Path.Combine("/tmp", $"handoff-{nobody}");
        Assert.Equal(otherwise, RuntimeDirectory.DefaultPath(null, nobody));
        Assert.Equal(otherwise, RuntimeDirectory.DefaultPath("", nobody));
        Assert.Equal(otherwise, RuntimeDirectory.DefaultPath("relative", nobody));
        Assert.Equal(otherwise, RuntimeDirectory.DefaultPath(_folder["absent"], nobody));
        Assert.Equal(otherwise, RuntimeDirectory.DefaultPath(_folder.Root, nobody));
    }

    [LinuxFact]
    public void A_control_socket_has_its_path_in_it()
    {
        using var directory = Opened(_folder["run"]);
        var (endPoint, result) = directory.ControlPath("gateway-1.a_B");
        Assert.True(result.IsSuccess, result.ToString());
        Assert.Equal(new UnixDomainSocketEndPoint(_folder["run/gateway-1.a_B.sock"]), endPoint);
    }

    [LinuxFact]
    public void A_name_that_is_none_of_a_control_socket_is_refused()
    {
        using var directory = Opened(_folder["run"]);
        string[] names = ["", ".", "..", ".hidden", "a/b", "../a", "a b", "ä", "a\0", new string('a', 65)];
        Assert.All(names, name => Assert.Equal(ResultCode.EEBADADDR, directory.ControlPath(name).Result.Code));
    }

    [LinuxFact]
    public void A_path_that_has_more_bytes_than_the_address_of_a_socket_is_refused()
    {
        var deep = new string('d', 107 - _folder.Root.Length - "//x.sock".Length);
        using var directory = Opened(_folder[deep]);
        Assert.True(directory.ControlPath("x").Result.IsSuccess);
        var (endPoint, result) = directory.ControlPath("xy");
        Assert.Null(endPoint);
        Assert.Equal(ResultCode.EEBADADDR, result.Code);
        Assert.Contains("108 bytes", result.Reason, StringComparison.Ordinal);
    }

    private static RuntimeDirectory Opened(string path)
    {
        var (directory, result) = RuntimeDirectory.Open(path);
        Assert.True(result.IsSuccess, result.ToString());
        return directory!;
    }

    private void Refused(ResultCode code, string name, string why)
    {
        var (directory, result) = RuntimeDirectory.Open(_folder[name]);
        Assert.Null(directory);
        Assert.Equal(code, result.Code);
        Assert.Contains(_folder[name].TrimEnd('/'), result.Reason, StringComparison.Ordinal);
        Assert.Contains(why, result.Reason, StringComparison.Ordinal);
    }
}

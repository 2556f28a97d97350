namespace Akka.Hosting;

public enum HoconAddMode
{
    // What was said before wins.
    Append,

    // What is added wins.
    Prepend,

    // As Prepend; Akka keeps what only the old one says.
    Replace,
}

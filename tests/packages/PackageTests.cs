using System.Text.Json;

namespace IotMqtt.Packages.Tests;

/// <summary>What is in the packages, and that somebody who has the packages alone can build what their readmes show.</summary>
public sealed class PackageTests(Feed feed)
{
    private static readonly string[] OfPrograms = ["Spectre.Console", "System.CommandLine", "Microsoft.Extensions.Hosting", "OpenTelemetry"];

    public static TheoryData<string> Packages => [.. Feed.Projects.Keys];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_its_readme_its_icon_its_documentation_and_its_symbols(string package)
    {
        using var archive = feed.Open(package);
        using var symbols = feed.Open(package, "snupkg");
        var metadata = feed.Metadata(package);

        Assert.Superset(
            new HashSet<string> { "README.md", "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml" },
            archive.Entries.Select(entry => entry.FullName).ToHashSet());
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{package}.pdb");
        Assert.Equal("MIT", Text("license"));
        Assert.Equal(("README.md", "icon.png"), (Text("readme"), Text("icon")));
        Assert.False(string.IsNullOrWhiteSpace(Text("description")));
        using var readme = new StreamReader(archive.GetEntry("README.md")!.Open());
        Assert.StartsWith($"# {package}", readme.ReadToEnd(), StringComparison.Ordinal);

        string? Text(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_is_public_and_nothing_of_it_is_plumbing(string package)
    {
        var folder = Path.Combine(Feed.Repository, Feed.Projects[package]);
        var said = File.ReadLines(Path.Combine(folder, "PublicAPI.Shipped.txt")).Concat(File.ReadLines(Path.Combine(folder, "PublicAPI.Unshipped.txt"))).ToList();

        Assert.True(said.Count > 2, $"{folder} says nothing of what is public");
        foreach (var plumbing in new[] { "YamlScalar", "EffectBuffer", "MapReader", "DeviceMachine.", "MqttLink", "IDeviceHost", "RunRecorder" })
        {
            Assert.DoesNotContain(said, line => line.Contains(plumbing, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_the_readmes_show_compiles_from_the_feed_alone_and_brings_no_terminal()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("iotmqtt-consumer-").FullName;
        try
        {
            var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            await File.WriteAllTextAsync(Path.Combine(folder, "NuGet.config"), $"""
                <configuration>
                  <packageSources><clear /><add key="feed" value="{feed.Folder}" /></packageSources>
                  <fallbackPackageFolders><clear /><add key="theirs" value="{cache}" /></fallbackPackageFolders>
                  <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
                </configuration>
                """, token);
            await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><NuGetAudit>false</NuGetAudit></PropertyGroup>
                  <ItemGroup>{string.Concat(Feed.Projects.Keys.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{Version(package)}\" />"))}</ItemGroup>
                </Project>
                """, token);
            foreach (var package in Feed.Projects.Keys)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, $"{package}.cs"), Example(package), token);
            }

            await Dotnet.MustAsync(folder, token, "build", "-v", "q", "-warnaserror");

            using var assets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "obj", "project.assets.json"), token));
            var restored = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0]).ToList();
            Assert.Superset(Feed.Projects.Keys.ToHashSet(), restored.ToHashSet());
            Assert.Equal(Feed.Projects.Keys.Select(package => package.ToUpperInvariant()).Order(), Directory.GetDirectories(Path.Combine(folder, "packages")).Select(path => Path.GetFileName(path).ToUpperInvariant()).Order());
            Assert.Empty(Brought(assets.RootElement, "IotMqtt.Testing").Intersect(OfPrograms));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Version(string package) => feed.Metadata(package).Elements().First(element => element.Name.LocalName == "version").Value;

    /// <summary>The C# of a readme as a class, so that several compile together: its statements are a method, its types are nested.</summary>
    private static string Example(string package)
    {
        var readme = File.ReadAllText(Path.Combine(Feed.Repository, "docs", "packages", $"{package}.md"));
        var lines = readme.Split("```csharp\n")[1].Split("```")[0].Split('\n');
        var usings = lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal)).ToArray();
        var types = lines.SkipWhile(line => !line.StartsWith("public ", StringComparison.Ordinal)).ToArray();
        var statements = lines.Take(lines.Length - types.Length).Except(usings);
        return $$"""
            {{string.Join('\n', usings)}}
            public static class Of{{package.Replace(".", "", StringComparison.Ordinal)}}
            {
                public static async Task RunAsync(string[] args)
                {
                    await Task.CompletedTask;
            {{string.Join('\n', statements)}}
                }
            {{string.Join('\n', types)}}
            }
            {{(package == "IotMqtt.Models" ? "internal static class Program { private static void Main() { } }" : "")}}
            """;
    }

    /// <summary>What a package brings along, through all that it depends on.</summary>
    private static HashSet<string> Brought(JsonElement assets, string package)
    {
        var target = assets.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject().ToDictionary(library => library.Name.Split('/')[0], library => library.Value);
        var brought = new HashSet<string>();
        Add(package);
        return brought;

        void Add(string name)
        {
            if (target.TryGetValue(name, out var library) && brought.Add(name) && library.TryGetProperty("dependencies", out var dependencies))
            {
                foreach (var dependency in dependencies.EnumerateObject())
                {
                    Add(dependency.Name);
                }
            }
        }
    }
}

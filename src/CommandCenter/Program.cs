using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Positions;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using CommandCenter.Wall;
using CommandCenter.Workers;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddStorage();
builder.AddAreas();
builder.AddAccess();
builder.AddWorkers();
builder.AddTracks();
builder.AddPositions();
builder.AddWall();

var app = builder.Build();
app.MapStorage();
app.MapAreas();
app.MapAccess();
app.MapWorkers();
app.MapPositions();
app.MapWall();
app.Run();

/// <summary>The server's entry point, named so that tests can start it.</summary>
public partial class Program;
